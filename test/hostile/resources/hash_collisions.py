"""Keys that all have one hash: numbers, and texts and pairs made of them."""
import sys

modulus = sys.hash_info.modulus
seen = {}
for turn in range(10**9):
    seen[turn * modulus] = turn
    seen[(turn * modulus, float(turn % 3) * 0)] = turn
