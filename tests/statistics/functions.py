"""Writes functions.csv: values of the elementary and special functions in wide precision.

Needs mpmath (1.3.0 was used); nothing here shares code with the crate. Run it in this folder: python3 functions.py
Arguments are exact floats, seeded; each value is the sum of two floats.
"""

import random
import struct
from mpmath import mp, mpf, exp, log, log1p, expm1, erfc, sqrt, gammainc, loggamma, hyp2f1, beta, inf

mp.dps = 60
random.seed(2016)


def beta_parts(a, b, x):
    a, b, x = mpf(a), mpf(b), mpf(x)
    def lower(a, b, x):  # DLMF 8.17.7
        return x ** a * (1 - x) ** b / (a * beta(a, b)) * hyp2f1(a + b, 1, a + 1, x)
    low, high = lower(a, b, x), lower(b, a, 1 - x)
    return low, high


def gamma_parts(a, x):
    a, x = mpf(a), mpf(x)
    term = total = mpf(1)
    n = a
    while term > total * mpf(10) ** -62:
        n += 1
        term *= x / n
        total += term
    low = exp(a * log(x) - x - loggamma(a + 1)) * total
    mp.dps = 60
    return low, (1 - low if low < mpf("0.999999999999") else gammainc(a, x, inf, regularized=True))


def rows():
    reals = lambda n, low, high: [random.uniform(low, high) for _ in range(n)]
    anywhere = lambda n: [struct.unpack("<d", struct.pack("<Q", random.getrandbits(63) % 0x7ff0000000000000))[0] for _ in range(n)]
    for x in reals(60, -1, 1) + reals(60, -745, 709.7) + [709.78, -708.5, -740.1, 1e-300, 1e-17, 0.3465, 0.34658]:
        yield "exp", [x], exp(mpf(x))
    for x in reals(60, 0.5, 2) + anywhere(60) + [5e-324, 1e-310, 1.7976931348623157e308, 0.7071067, 1.41422, 1 - 2 ** -53, 1 + 2 ** -52]:
        yield "ln", [x], log(mpf(x))
    for x in reals(30, -0.9, 2) + [1e-12, -1e-12, 1e-5, -1e-3, 1e20, 3e-17]:
        yield "ln_1p", [x], log1p(mpf(x))
    for x in reals(30, -2, 2) + [1e-12, -1e-12, 0.3399, -0.3399, 0.3401, -0.3401, 50.0, -50.0]:
        yield "exp_m1", [x], expm1(mpf(x))
    for x in reals(30, -40, 40) + [-700.0, -30.5, 0.0, 1e-10]:
        yield "logistic", [x], 1 / (1 + exp(-mpf(x)))
    for x in reals(80, 0.3, 3):
        yield "pow", [x, y := random.uniform(-30, 30)], mpf(x) ** mpf(y)
    for x in anywhere(150):
        y = random.uniform(-700, 700) / float(log(mpf(x)))
        yield "pow", [x, y], mpf(x) ** mpf(y)
    for x, y in [(1 + 2 ** -40, 2.0 ** 48), (1 - 2 ** -53, -2.0 ** 60), (0.5, 1073.3), (10.0, 300.0), (2.0, 0.5), (9.0, 0.5), (1e-310, 0.1), (0.9999, 7e6)]:
        yield "pow", [x, y], mpf(x) ** mpf(y)
    for z in reals(30, -8, 38) + [0.0, 1e-9, -37.0, 37.5]:
        yield "normal_sf", [z], erfc(mpf(z) / sqrt(mpf(2))) / 2
    for x in [1e-5, 0.01, 0.3, 0.99, 1.5, 2.5, 3.7, 9.99, 10.0, 31.4, 1e3, 123456.7, 1e6]:
        yield "ln_gamma", [x], loggamma(mpf(x))
    for a in [1e-5, 0.01, 0.3, 0.5, 0.9, 1.0, 2.5, 7.0, 19.9, 20.1, 45.0, 150.0, 300.0, 4e3, 1e5]:
        s = a ** 0.5
        for x in [a * 0.01 + 1e-9, a * 0.3, a - 3 * s, a - 0.5 * s, a, a + 1, a + s, a + 6 * s, a * 2.6, a + 12 * s + 12]:
            if x <= 0:
                continue
            low, high = gamma_parts(a, x)
            if low > mpf(10) ** -300 and high > mpf(10) ** -300:
                yield "gamma_p", [a, x], low
                yield "gamma_q", [a, x], high
    for a, b in [(0.01, 0.01), (0.1, 0.3), (0.5, 0.5), (0.3, 5), (0.2, 80), (1, 1), (1, 7), (1.5, 0.7), (2, 3), (30, 2), (12, 0.4), (80, 120), (2000, 3000), (0.01, 1000)]:
        m = a / (a + b)
        s = (m * (1 - m) / (a + b + 1)) ** 0.5
        for x in [1e-12, m / 100, m * 0.5, m - s, m, m + s, m + 4 * s, 0.5, 0.9, 1 - 2 ** -20]:
            if not 0 < x < 1:
                continue
            low, high = beta_parts(a, b, x)
            if low > mpf(10) ** -280 and high > mpf(10) ** -280:
                yield "beta_p", [a, b, x], low
                yield "beta_q", [a, b, x], high


with open("functions.csv", "w") as out:
    out.write("# function,arguments,value,rest. By functions.py. The value is the sum of the last two.\n")
    for name, arguments, value in rows():
        first = float(value)
        out.write(",".join([name, " ".join(repr(float(a)) for a in arguments), repr(first), repr(float(value - first))]) + "\n")
