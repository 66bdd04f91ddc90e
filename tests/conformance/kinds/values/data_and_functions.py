# Variables, collections and functions.

# %% style variable
# The test compares the value of a variable.
# sample: yes
# %% solution
seconds_per_day = 24 * 60 * 60
# %% right: a number
seconds_per_day = 86400
# %% wrong: an hour
seconds_per_day = 60 * 60
# %% wrong: a string
seconds_per_day = "86400"
# %% test
assert seconds_per_day == 86400

# %% style variable_types
# The test checks variables of several types.
# %% solution
city, people, coastal = "Porto", 230000, True
# %% right: line by line
city = "Porto"
people = 230_000
coastal = city == "Porto"
# %% wrong: one has another type
city, people, coastal = "Porto", 230000, "True"
# %% test
assert isinstance(city, str) and city.lower() == "porto"
assert 200_000 < people < 300_000
assert coastal is True

# %% style function_values
# The test compares the results of a function of numbers.
# %% solution
def hours_and_minutes(minutes):
    return divmod(minutes, 60)
# %% right: with operators
def hours_and_minutes(minutes):
    return minutes // 60, minutes % 60
# %% wrong: a float
def hours_and_minutes(minutes):
    return minutes / 60, minutes % 60
# %% test
assert hours_and_minutes(125) == (2, 5)
### BEGIN HIDDEN TESTS
assert hours_and_minutes(59) == (0, 59)
assert hours_and_minutes(0) == (0, 0)
### END HIDDEN TESTS

# %% style hidden_only
# The visible tests are too weak: both wrong answers pass them.
# %% solution
def is_prime(n):
    return n > 1 and all(n % k for k in range(2, int(n**0.5) + 1))
# %% right: a loop
def is_prime(n):
    if n < 2:
        return False
    for k in range(2, n):
        if n % k == 0:
            return False
    return True
# %% wrong: 1 is prime
def is_prime(n):
    return all(n % k for k in range(2, int(n**0.5) + 1))
# %% wrong: hard-coded
def is_prime(n):
    return n in (2, 3, 5, 7)
# %% test
assert is_prime(7) and not is_prime(8)
### BEGIN HIDDEN TESTS
assert not is_prime(1), "1 is not prime"
assert is_prime(97)
### END HIDDEN TESTS

# %% style nested_data
# The function takes and returns lists and dicts inside each other.
# %% solution
def group_by_city(people):
    result = {}
    for person in people:
        result.setdefault(person["city"], []).append(person["name"])
    return result
# %% right: a comprehension
def group_by_city(people):
    cities = {person["city"] for person in people}
    return {c: [p["name"] for p in people if p["city"] == c] for c in cities}
# %% wrong: only the last name
def group_by_city(people):
    return {person["city"]: [person["name"]] for person in people}
# %% test
persons = [{"name": "a", "city": "X"}, {"name": "b", "city": "Y"}]
persons.append({"name": "c", "city": "X"})
assert group_by_city(persons) == {"X": ["a", "c"], "Y": ["b"]}

# %% style dict_of_functions
# The answer is a dict of functions.
# %% solution
operations = {"+": lambda a, b: a + b, "-": lambda a, b: a - b}
# %% right: with operator
import operator
operations = {"+": operator.add, "-": operator.sub}
# %% wrong: the same twice
import operator
operations = {"+": operator.add, "-": operator.add}
# %% test
assert set(operations) == {"+", "-"}
assert operations["+"](2, 3) == 5 and operations["-"](2, 3) == -1

# %% style list_of_functions
# The answer is a list of functions that are made in a loop.
# %% solution
multipliers = [lambda x, n=n: n * x for n in range(3)]
# %% right: with partial
from functools import partial
from operator import mul
multipliers = [partial(mul, n) for n in range(3)]
# %% wrong: late binding
multipliers = [lambda x: n * x for n in range(3)]
# %% test
assert [multiply(5) for multiply in multipliers] == [0, 5, 10]

# %% style set_operations
# The function returns a set.
# %% solution
def common_friends(a, b):
    return set(a) & set(b)
# %% right: a comprehension
def common_friends(a, b):
    return {friend for friend in a if friend in b}
# %% wrong: the union
def common_friends(a, b):
    return set(a) | set(b)
# %% test
assert common_friends(["x", "y"], ["y", "z"]) == {"y"}
assert len(common_friends("abc", "bcd")) == 2

# %% style recursion
# The function takes lists inside lists.
# %% solution
def flatten(items):
    result = []
    for item in items:
        result += flatten(item) if isinstance(item, list) else [item]
    return result
# %% right: with a stack
def flatten(items):
    todo, result = list(items), []
    while todo:
        item = todo.pop(0)
        if isinstance(item, list):
            todo[:0] = item
        else:
            result.append(item)
    return result
# %% wrong: one level
def flatten(items):
    return [x for item in items for x in (item if isinstance(item, list) else [item])]
# %% test
assert flatten([1, [2, [3]], []]) == [1, 2, 3]

# %% style name_defined
# The test checks whether a variable is defined.
# %% solution
values_answer = "C"
# %% right: with upper
values_answer = "c".upper()
# %% wrong: another letter
values_answer = "B"
# %% wrong: another name
values_other = "C"
# %% test
assert "values_answer" in globals(), "answer the question"
assert values_answer == "C"

# %% style number_of_arguments
# The function must refuse a wrong number of arguments.
# %% solution
def exactly_two(a, b):
    return [a, b]
# %% right: from a tuple
def exactly_two(first, second):
    return list((first, second))
# %% wrong: any number
def exactly_two(*items):
    return list(items)
# %% test
assert exactly_two(1, 2) == [1, 2]
for arguments in [(), (1,), (1, 2, 3)]:
    try:
        exactly_two(*arguments)
    except TypeError:
        continue
    raise AssertionError(f"{len(arguments)} arguments must be refused")

# %% style choice_of_answers
# One of several values is right.
# %% solution
even_prime_or_nine = 2
# %% right: the other value
even_prime_or_nine = 9
# %% wrong: another value
even_prime_or_nine = 4
# %% test
assert even_prime_or_nine in (2, 9)

# %% style names_of_other_cells
# The answer uses names from earlier cells.
# %% given
rates = {"EUR": 1.0, "USD": 1.25}
def convert(amount, currency):
    return amount * rates[currency]
# %% solution
def total_in(currency, amounts):
    return sum(convert(amount, currency) for amount in amounts)
# %% right: one conversion
def total_in(currency, amounts):
    return convert(sum(amounts), currency)
# %% wrong: not converted
def total_in(currency, amounts):
    return sum(amounts)
# %% test
assert total_in("USD", [1, 3]) == 5
assert total_in("EUR", [1, 3]) == 4

# %% style error_in_answer_cell
# The cell of the answer raises an error; the test needs what it defined before.
# %% solution
values_steps = [1, 2]
# %% right: prints, too
values_steps = [1, 2]
print(values_steps)
# %% right: raises after the definition
values_steps = [1, 2]
raise RuntimeError("not part of the answer")
# %% wrong: raises before the definition
raise RuntimeError("too early")
values_steps = [1, 2]
# %% test
assert values_steps == [1, 2]
