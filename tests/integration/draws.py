"""Writes the draws that `draws.rs` here and the unit test of src/engine/draws.rs are pinned to.

SHA-256 (FIPS 180-4) and ChaCha with 8 rounds (D. J. Bernstein; a 64-bit block counter and a 64-bit stream) are written out
here from their definitions, so that nothing is shared with the program:  python3 draws.py
"""

import hashlib
import struct

MASK = 0xFFFFFFFF


def primes(n):
    found, candidate = [], 2
    while len(found) < n:
        if all(candidate % prime for prime in found):
            found.append(candidate)
        candidate += 1
    return found


def root_bits(prime, degree):
    """The first 32 bits of the fraction of a root of a prime."""
    scaled, low, high = prime << (32 * degree), 0, 1 << 40
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**degree <= scaled else (low, middle - 1)
    return low & MASK


def sha256(message):
    rotate = lambda x, n: (x >> n | x << (32 - n)) & MASK
    constants = [root_bits(prime, 3) for prime in primes(64)]
    state = [root_bits(prime, 2) for prime in primes(8)]
    padded = message + b"\x80" + b"\0" * ((55 - len(message)) % 64) + struct.pack(">Q", 8 * len(message))
    for start in range(0, len(padded), 64):
        w = list(struct.unpack(">16I", padded[start : start + 64]))
        for t in range(16, 64):
            s0 = rotate(w[t - 15], 7) ^ rotate(w[t - 15], 18) ^ w[t - 15] >> 3
            s1 = rotate(w[t - 2], 17) ^ rotate(w[t - 2], 19) ^ w[t - 2] >> 10
            w.append((w[t - 16] + s0 + w[t - 7] + s1) & MASK)
        a, b, c, d, e, f, g, h = state
        for t in range(64):
            t1 = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + constants[t] + w[t]
            t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))
            a, b, c, d, e, f, g, h = (t1 + t2) & MASK, a, b, c, (d + t1) & MASK, e, f, g
        state = [(x + y) & MASK for x, y in zip(state, (a, b, c, d, e, f, g, h))]
    return struct.pack(">8I", *state)


def chacha_block(key, counter, stream, rounds):
    initial = list(struct.unpack("<4I", b"expand 32-byte k")) + list(struct.unpack("<8I", key))
    initial += list(struct.unpack("<4I", struct.pack("<QQ", counter, stream)))
    x = list(initial)

    def quarter(a, b, c, d):
        for i, j, k, n in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            x[i] = (x[i] + x[j]) & MASK
            x[k] ^= x[i]
            x[k] = (x[k] << n | x[k] >> (32 - n)) & MASK

    for _ in range(rounds // 2):
        for n in range(4):
            quarter(n, n + 4, n + 8, n + 12)
        for n in range(4):
            quarter(n, 4 + (n + 1) % 4, 8 + (n + 2) % 4, 12 + (n + 3) % 4)
    return [(a + b) & MASK for a, b in zip(x, initial)]


def uniform(seed, address, occurrence, run):
    key = sha256(b"equipoise/1" + struct.pack("<Q", seed) + address.encode())
    words = chacha_block(key, 2 * run // 16, occurrence, 8)
    at = 2 * run % 16
    bits = words[at] | words[at + 1] << 32
    return ((bits >> 12) + 0.5) * 2.0**-52


def check():
    for message in (b"", b"abc", b"x" * 55, b"y" * 56, b"z" * 200):
        assert sha256(message) == hashlib.sha256(message).digest()
    # RFC 8439, 2.3.2, with 20 rounds: the counter 1 and the nonce 00:00:00:09:00:00:00:4a:00:00:00:00.
    block = chacha_block(bytes(range(32)), 1 | 0x09000000 << 32, 0x4A000000, 20)
    assert block[:4] == [0xE4E7F110, 0x15593BD1, 0x1FDD0F50, 0xC47120A3]
    # ChaCha8 with a key and a nonce of zeros, from draft-strombergson-chacha-test-vectors-01 (TC1).
    block = struct.pack("<16I", *chacha_block(bytes(32), 0, 0, 8))
    assert block.hex().startswith("3e00ef2f895f40d67f5bb8e81f09a5a1")


PINNED = [
    # Those of the unit test in src/engine/draws.rs.
    (2016, "polonez_sale.signs", 0, 0),
    (2016, "polonez_sale.signs", 1, 0),
    (2016, "polonez_sale.signs", 0, 511),
    (2016, "leverage", 70, 3),
    # Those of draws.rs beside this file.
    (0, "clash", 0, 0),
    (1, "clash", 0, 1),
    (1, "clash", 0, 7),
    (1, "clash", 0, 8),
    (1, "clash.branch", 63, 511),
    (1, "clash.branch", 64, 512),
    (2**64 - 1, "sale.policy.heed_allies", 0, 1_000_000),
    (2016, "decides.branches.goes_on", 5, 2**33 + 5),
    (2016, "a", 2**32 - 1, 2**60),
]

if __name__ == "__main__":
    check()
    for seed, address, occurrence, run in PINNED:
        u = uniform(seed, address, occurrence, run)
        bits = struct.unpack("<Q", struct.pack("<d", u))[0]
        print(f'({seed}, "{address}", {occurrence}, {run}, {bits:#018x}), // {u}')
