"""Writes quantiles.csv: quantiles in wide precision, to hold the inverses against.

Needs mpmath (1.3.0 was used). Every distribution function is evaluated with 60 digits and inverted by bisection and
Newton's method; nothing here shares code or formulas with the crate. Run it in this folder: python3 quantiles.py
"""

from mpmath import mp, mpf, erfc, sqrt, log, exp, gammainc, gamma, loggamma, betainc, pi, inf, expm1, log1p, hyp2f1, beta as betafn

mp.dps = 60
Z95 = sqrt(mpf(2)) * mp.erfinv(mpf("0.9"))


def normal(m, s):
    return (lambda x: erfc(-(x - m) / (s * sqrt(mpf(2)))) / 2,
            lambda x: exp(-((x - m) / s) ** 2 / 2) / (s * sqrt(2 * pi)), "real", -inf, inf)


def lognormal_sigma(median, sigma):
    return (lambda x: erfc(-log(x / median) / (sigma * sqrt(mpf(2)))) / 2,
            lambda x: exp(-(log(x / median) / sigma) ** 2 / 2) / (sigma * x * sqrt(2 * pi)), "positive", mpf(0), inf)


def ci90(low, high):
    if low > 0:
        return lognormal_sigma(sqrt(low * high), log(high / low) / 2 / Z95)
    return normal((low + high) / 2, (high - low) / 2 / Z95)


def triangular(a, c, b):
    def cdf(x):
        return (x - a) ** 2 / ((b - a) * (c - a)) if x < c else 1 - (b - x) ** 2 / ((b - a) * (b - c)) if x < b else mpf(1)

    def pdf(x):
        return 2 * (x - a) / ((b - a) * (c - a)) if x < c else 2 * (b - x) / ((b - a) * (b - c))
    return cdf, pdf, "between", a, b


def stretched_beta(a, b, low, high):
    w = high - low
    B = betafn(a, b)

    def lower(a, b, x):  # DLMF 8.17.7
        return x ** a * (1 - x) ** b / (a * B) * hyp2f1(a + b, 1, a + 1, x)

    def cdf(x):
        t = (x - low) / w
        return lower(a, b, t) if t < a / (a + b) else 1 - lower(b, a, 1 - t)
    return cdf, lambda x: ((x - low) / w) ** (a - 1) * ((high - x) / w) ** (b - 1) / B / w, "between", low, high


def pert(a, c, b):
    return stretched_beta(1 + 4 * (c - a) / (b - a), 1 + 4 * (b - c) / (b - a), a, b)


def gamma_(k, s):
    def cdf(x):
        x = x / s
        if x < k + 1:
            term = total = mpf(1)
            n = k
            while term > total * mpf(10) ** -62:
                n += 1
                term *= x / n
                total += term
            return exp(k * log(x) - x - loggamma(k + 1)) * total
        return 1 - gammainc(k, x) / gamma(k) if k < 1000 else 1 - gammainc(k, x, regularized=True)
    return cdf, lambda x: exp((k - 1) * log(x / s) - x / s - loggamma(k)) / s, "positive", mpf(0), inf


def weibull(k, s):
    return (lambda x: -expm1(-(x / s) ** k),
            lambda x: k / s * (x / s) ** (k - 1) * exp(-(x / s) ** k), "positive", mpf(0), inf)


FAMILIES = {
    "uniform": lambda a, b: (lambda x: (x - a) / (b - a), lambda x: 1 / (b - a), "between", a, b),
    "normal": normal,
    "lognormal": lambda m, g: lognormal_sigma(m, log(g)),
    "ci90": ci90,
    "triangular": triangular,
    "pert": pert,
    "beta": lambda a, b: stretched_beta(a, b, mpf(0), mpf(1)),
    "gamma": gamma_,
    "weibull": weibull,
    "exponential": lambda m: weibull(mpf(1), m),
}

CASES = [
    ("uniform", [-1, 3], None), ("normal", [1, 2], None), ("lognormal", [2, 3], None), ("ci90", [1, 20], None),
    ("ci90", [-5, 10], None), ("triangular", [0, 0.2, 1], None), ("triangular", [0, 0, 1], None),
    ("pert", [0.5, 1, 2], None), ("pert", [0, 0, 10], None), ("beta", [2, 3], None), ("beta", [0.1, 0.3], None),
    ("beta", [0.5, 0.5], None), ("beta", [30, 2], None), ("beta", [2000, 3000], None), ("beta", [0.01, 0.01], None),
    ("beta", [5, 0.1], None), ("gamma", [0.05, 1], None), ("gamma", [0.5, 2], None), ("gamma", [2, 3], None),
    ("gamma", [50, 1], None), ("gamma", [100000, 1], None), ("weibull", [0.2, 1], None), ("weibull", [3, 2], None),
    ("exponential", [4], None), ("normal", [0, 1], [8, 10]), ("normal", [0, 1], [-1, 2]), ("normal", [0, 1], [0, inf]),
    ("normal", [0, 1], [0.5, 0.500001]), ("gamma", [2, 1], [20, 30]), ("gamma", [0.5, 1], [0, 0.125]),
    ("gamma", [0.05, 1], [3, inf]), ("beta", [2, 3], [0.25, 0.625]), ("beta", [0.1, 0.3], [0.5, 1]),
    ("lognormal", [1, 2], [3, 10]), ("triangular", [0, 1, 3], [0.5, 2.5]), ("weibull", [0.5, 2], [1, 40]),
    ("exponential", [1], [0, 1]), ("pert", [0, 1, 4], [0.5, 3]), ("uniform", [0, 10], [2, 4]),
]

HALF = [1e-12, 1e-11, 1e-9, 1e-7, 1e-5, 1e-3, 0.01, 0.03, 0.1, 0.2, 0.3, 0.42, 0.4999]
KS = sorted({int(u * 2 ** 52) for u in HALF} | {2 ** 52 - 1 - int(u * 2 ** 52) for u in HALF[:-1]})


def solve(cdf, pdf, kind, low, high, target, upper):
    """The x with cdf(x) = target, where upper = 1 - target."""
    if kind == "real":
        to, lo, hi = (lambda z: z), mpf(-60), mpf(60)
    elif kind == "positive":
        to, lo, hi = exp, mpf(-3000), mpf(100)
    else:  # by the log of the odds
        to, lo, hi = (lambda z: low + (high - low) / (1 + exp(-z)) if z < 0 else high - (high - low) / (1 + exp(z))), mpf(-6000), mpf(6000)
    mp.dps = 40 if kind != "between" else 60
    for _ in range(40 if kind != "between" else 60):
        z = (lo + hi) / 2
        if cdf(to(z)) > target:
            hi = z
        else:
            lo = z
    x = to((lo + hi) / 2)
    mp.dps = 60
    for _ in range(6):
        step = (cdf(x) - target) / pdf(x)
        if kind == "positive":
            # In the logarithm, where a power law is nearly straight.
            x = x * exp(-step / x)
        else:
            x = x - step
        if abs(step) < abs(x) * mpf(10) ** -35:
            break
    assert abs(cdf(x) - target) <= mpf(10) ** -24 * min(target, upper), (x, target)
    return x


def main():
    with open("quantiles.csv", "w") as out:
        out.write("# family,arguments,truncation,k,x,x_rest,density. By quantiles.py. u = (k + 0.5) / 2^52; the quantile is x + x_rest.\n")
        for family, arguments, truncation in CASES:
            cdf, pdf, kind, low, high = FAMILIES[family](*[mpf(a) for a in arguments])
            below, mass = mpf(0), mpf(1)
            if truncation:
                at = [mpf(t) for t in truncation]
                below = cdf(at[0]) if at[0] > low else mpf(0)
                mass = (cdf(at[1]) if at[1] < high else mpf(1)) - below
            for k in KS:
                u = (mpf(k) + mpf(1) / 2) / 2 ** 52
                try:
                    x = solve(cdf, pdf, kind, low, high, below + u * mass, 1 - below - u * mass)
                except (AssertionError, ZeroDivisionError, ValueError) as e:
                    print("left out", family, arguments, truncation, k, repr(e)[:80], flush=True)
                    continue
                first = float(x)
                density = pdf(x) / mass
                density = "inf" if density > mpf("1e308") else repr(float(density))
                row = [family, " ".join(repr(float(a)) for a in arguments), " ".join(repr(float(t)) for t in truncation or []), str(k),
                       repr(first), repr(float(x - first)), density]
                out.write(",".join(row) + "\n")
            print(family, arguments, truncation, flush=True)


if __name__ == "__main__":
    main()
