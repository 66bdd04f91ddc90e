# Partial credit: the value of the last expression of a test cell is its points.

# %% style share_of_cases
# The test gives a point for each case.
# points: 4
# sample: yes
# %% solution
def grade_letter(score):
    for letter, least in [("A", 90), ("B", 75), ("C", 50)]:
        if score >= least:
            return letter
    return "F"
# %% right: with if
def grade_letter(score):
    if score >= 90:
        return "A"
    if score >= 75:
        return "B"
    return "C" if score >= 50 else "F"
# %% wrong: C is missing
def grade_letter(score):
    return "A" if score >= 90 else "B" if score >= 75 else "F"
# %% wrong: always A
def grade_letter(score):
    return "A"
# %% wrong: raises
def grade_letter(score):
    raise NotImplementedError
# %% test
points = 0
for score, letter in [(95, "A"), (80, "B"), (60, "C"), (10, "F")]:
    points += grade_letter(score) == letter
points

# %% style caught_cases
# The test catches errors, and counts them as failed cases.
# points: 3
# %% solution
def inverse(x):
    return 1 / x if x else None
# %% right: with try
def inverse(x):
    try:
        return 1 / x
    except ZeroDivisionError:
        return None
# %% wrong: an error for 0
def inverse(x):
    return 1 / x
# %% test
credit = 0
for x, wanted in [(2, 0.5), (-4, -0.25), (0, None)]:
    try:
        assert inverse(x) == wanted
        credit += 1
    except Exception:
        pass
credit

# %% style weighted_parts
# The test adds fractions of points.
# points: 2
# %% solution
def min_and_max(items):
    return min(items), max(items)
# %% right: with sorted
def min_and_max(items):
    items = sorted(items)
    return items[0], items[-1]
# %% wrong: only the minimum
def min_and_max(items):
    return min(items), None
# %% wrong: both wrong
def min_and_max(items):
    return items[1], items[1]
# %% test
low, high = min_and_max([3, 7, 1])
0.5 * (low == 1) + 1.5 * (high == 7)

# %% style zero_credit
# The test ends with 0 points for a wrong answer.
# points: 2
# %% solution
def gcd_of(a, b):
    while b:
        a, b = b, a % b
    return a
# %% right: with math.gcd
import math
def gcd_of(a, b):
    return math.gcd(a, b)
# %% wrong: the smaller number
def gcd_of(a, b):
    return min(a, b)
# %% test
2 if gcd_of(12, 18) == 6 else 0

# %% style none_is_full
# None at the end of a test earns all points.
# points: 2
# %% solution
def shift_right(items):
    return items[-1:] + items[:-1]
# %% right: with a deque
from collections import deque
def shift_right(items):
    d = deque(items)
    d.rotate(1)
    return list(d)
# %% wrong: to the left
def shift_right(items):
    return items[1:] + items[:1]
# %% test
assert shift_right([1, 2, 3]) == [3, 1, 2]
None

# %% style bool_is_full
# A bool at the end of a test is no number, and earns all points.
# points: 2
# %% solution
def vowel_count(text):
    return sum(letter in "aeiou" for letter in text)
# %% right: with count
def vowel_count(text):
    return sum(map(text.count, "aeiou"))
# %% wrong: consonants
def vowel_count(text):
    return sum(letter not in "aeiou" for letter in text)
# %% test
assert vowel_count("bananas") == 3
vowel_count("bananas") == 3

# %% style half_for_wrong_answer
# The test gives a wrong answer half of the points.
# points: 2
# %% solution
def total_length(words):
    return sum(len(word) for word in words)
# %% right: with join
def total_length(words):
    return len("".join(words))
# %% wrong: the number of words
def total_length(words):
    return len(words)
# %% test
2 if total_length(["ab", "c"]) == 3 else 1

# %% style numpy_credit
# The test computes the points with NumPy.
# points: 4
# %% solution
import numpy as np
def signs_of(a):
    return np.sign(a)
# %% right: with where
import numpy as np
def signs_of(a):
    return np.where(a > 0, 1, np.where(a < 0, -1, 0))
# %% wrong: zero is positive
import numpy as np
def signs_of(a):
    return np.where(a >= 0, 1, -1)
# %% test
import numpy as np
right = signs_of(np.array([3.0, -2.0, 0.0, 5.0])) == np.array([1, -1, 0, 1])
float(right.sum())

# %% style credit_after_asserts
# The test has asserts first, and points at the end.
# points: 3
# %% solution
def unique_in_order(items):
    return list(dict.fromkeys(items))
# %% right: a loop
def unique_in_order(items):
    seen = []
    for item in items:
        if item not in seen:
            seen.append(item)
    return seen
# %% wrong: sorted
def unique_in_order(items):
    return sorted(set(items))
# %% wrong: the argument itself
def unique_in_order(items):
    return items
# %% test
assert unique_in_order([]) == []
assert len(unique_in_order([2, 1, 2])) == 2
1 + 2 * (unique_in_order([2, 1, 2]) == [2, 1])

# %% style credit_by_function
# A function of the instructor computes the points.
# points: 3
# %% given
def points_for(function, cases):
    return sum(function(*arguments) == wanted for arguments, wanted in cases)
# %% solution
def longest(a, b):
    return a if len(a) >= len(b) else b
# %% right: with max
def longest(a, b):
    return max(a, b, key=len)
# %% wrong: the second of two equal lengths
def longest(a, b):
    return a if len(a) > len(b) else b
# %% test
points_for(longest, [(("aa", "b"), "aa"), (("a", "bb"), "bb"), (("x", "y"), "x")])

# %% style credit_rounded
# The test rounds the points.
# points: 1
# %% solution
def third_powers(n):
    return [k**3 for k in range(n)]
# %% right: with map
def third_powers(n):
    return list(map(lambda k: k * k * k, range(n)))
# %% wrong: squares
def third_powers(n):
    return [k**2 for k in range(n)]
# %% test
hits = sum(a == b for a, b in zip(third_powers(4), [0, 1, 8, 27]))
round(hits / 4, 2)

# %% style one_test_two_functions
# One test gives points for two functions.
# points: 2
# %% solution
def to_upper(text):
    return text.upper()
def to_title(text):
    return text.title()
# %% right: part by part
def to_upper(text):
    return "".join(letter.upper() for letter in text)
def to_title(text):
    return " ".join(word.capitalize() for word in text.split(" "))
# %% wrong: one of two functions
def to_upper(text):
    return text.upper()
def to_title(text):
    return text.capitalize()
# %% test
(to_upper("ab") == "AB") + (to_title("a b") == "A B")
