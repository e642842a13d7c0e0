# Searches, sieves, words: much plain computing.
import collections, heapq, itertools
def sieve(n):
    flags = bytearray([1]) * n
    flags[:2] = b"\0\0"
    for i in range(2, int(n**0.5) + 1):
        if flags[i]: flags[i * i :: i] = bytes(len(range(i * i, n, i)))
    return [i for i, f in enumerate(flags) if f]
primes = sieve(20_000); print(len(primes), primes[-3:], sum(primes))
def queens(n, row=0, cols=0, left=0, right=0):
    if row == n: return 1
    return sum(queens(n, row + 1, cols | bit, (left | bit) << 1, (right | bit) >> 1) for c in range(n) if not (bit := 1 << c) & (cols | left | right))
print([queens(n) for n in range(1, 8)])
maze = ["S.#.....", "..#.###.", ".##.#...", "....#.#.", "###.#.#E"]
def shortest(maze):
    start, queue, seen = (0, 0), [(0, (0, 0), "")], set()
    while queue:
        cost, (r, c), way = heapq.heappop(queue)
        if maze[r][c] == "E": return cost, way
        if (r, c) in seen: continue
        seen.add((r, c))
        for d, (dr, dc) in {"U": (-1, 0), "D": (1, 0), "L": (0, -1), "R": (0, 1)}.items():
            if 0 <= r + dr < len(maze) and 0 <= c + dc < len(maze[0]) and maze[r + dr][c + dc] != "#": heapq.heappush(queue, (cost + 1, (r + dr, c + dc), way + d))
print(shortest(maze))
def lcs(a, b):
    table = [[""] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b): table[i + 1][j + 1] = table[i][j] + x if x == y else max(table[i][j + 1], table[i + 1][j], key=len)
    return table[-1][-1]
print(lcs("the quick brown fox", "a quicker brow of ox"))
text = "it was the best of times it was the worst of times it was the age of wisdom"
chain = collections.defaultdict(collections.Counter)
for a, b in itertools.pairwise(text.split()): chain[a][b] += 1
print({k: v.most_common() for k, v in sorted(chain.items())})
def collatz(n): return 1 + (n != 1 and collatz(n // 2 if n % 2 == 0 else 3 * n + 1))
print(max((collatz(n), n) for n in range(1, 3000)), [collatz(27)])
def life(cells):
    near = collections.Counter((x + dx, y + dy) for x, y in cells for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy)
    return {c for c, n in near.items() if n == 3 or n == 2 and c in cells}
cells = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}
for _ in range(20): cells = life(cells)
print(sorted(cells))
def roman(n): return "".join(s * (c := n // v, n := n % v)[0] for v, s in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))) if False else n
def knapsack(items, room):
    best = [0] * (room + 1)
    for weight, value in items:
        for r in range(room, weight - 1, -1): best[r] = max(best[r], best[r - weight] + value)
    return best[room]
print(roman(5), knapsack([(12, 4), (2, 2), (1, 1), (1, 2), (4, 10)] * 3, 25), sorted(map("".join, set(itertools.permutations("aab")))))
pi, q, r, t, k, m, x = [], 1, 0, 1, 1, 3, 3
while len(pi) < 60:
    if 4 * q + r - t < m * t: pi.append(m); q, r, m = 10 * q, 10 * (r - m * t), (10 * (3 * q + r)) // t - 10 * m
    else: q, r, t, k, m, x = q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2
print("".join(map(str, pi)))
