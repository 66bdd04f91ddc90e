# Plain values: variables, texts, lists, dicts and functions of them, without a library.

# %% style variable
# The value of a variable.
# sample: yes
# %% solution
seconds_per_day = 24 * 60 * 60
# %% right: a number
seconds_per_day = 86400
# %% wrong: an hour
seconds_per_day = 60 * 60
# %% wrong: a text
seconds_per_day = "86400"
# %% test
assert seconds_per_day == 86400

# %% style variable_kinds
# Several variables of several types.
# %% solution
city, people, coastal = "Porto", 230000, True
# %% right: line by line
city = "Porto"
people = 230_000
coastal = city == "Porto"
# %% wrong: one of them
city, people, coastal = "Porto", 230000, "True"
# %% test
assert isinstance(city, str) and city.lower() == "porto"
assert 200_000 < people < 300_000
assert coastal is True

# %% style function_values
# A function of numbers.
# %% solution
def hours_and_minutes(minutes):
    return divmod(minutes, 60)
# %% right: by operators
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
# The wrong answer passes all that students see.
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

# %% style text_methods
# A text is changed.
# %% solution
def slug(title):
    return "-".join(title.lower().split())
# %% right: by replace
def slug(title):
    return title.strip().lower().replace(" ", "-")
# %% wrong: underscores
def slug(title):
    return "_".join(title.lower().split())
# %% test
assert slug("Hello Big World") == "hello-big-world"

# %% style text_format
# A formatted text.
# %% solution
def price_tag(name, price):
    return f"{name:<8}{price:>7.2f}"
# %% right: format
def price_tag(name, price):
    return "{:<8}{:>7.2f}".format(name, price)
# %% wrong: one digit
def price_tag(name, price):
    return f"{name:<8}{price:>7.1f}"
# %% test
assert price_tag("tea", 2.5) == "tea        2.50"

# %% style regular_expression
# A pattern of the answer's own.
# %% solution
import re
phone_pattern = re.compile(r"\d{3}-\d{4}")
def phones_in(text):
    return phone_pattern.findall(text)
# %% right: finditer
import re
phone_pattern = re.compile(r"[0-9]{3}-[0-9]{4}")
def phones_in(text):
    return [match.group() for match in phone_pattern.finditer(text)]
# %% wrong: too short
import re
phone_pattern = re.compile(r"\d{3}-\d{3}")
def phones_in(text):
    return phone_pattern.findall(text)
# %% test
assert phones_in("call 555-1234 or 555-9999") == ["555-1234", "555-9999"]
assert phone_pattern.fullmatch("123-4567")

# %% style match_object
# A match object is returned.
# %% solution
import re
def find_year(text):
    return re.search(r"\b(\d{4})\b", text)
# %% right: compiled
import re
def find_year(text):
    return re.compile(r"(?<!\d)(\d{4})(?!\d)").search(text)
# %% wrong: two digits
import re
def find_year(text):
    return re.search(r"(\d{2})", text)
# %% test
found = find_year("in 1969, on the moon")
assert found and found.group(1) == "1969" and found.span(1) == (3, 7)
assert find_year("never") is None

# %% style nested_data
# Lists in dicts in lists.
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
# %% wrong: the last only
def group_by_city(people):
    return {person["city"]: [person["name"]] for person in people}
# %% test
persons = [{"name": "a", "city": "X"}, {"name": "b", "city": "Y"}]
persons.append({"name": "c", "city": "X"})
assert group_by_city(persons) == {"X": ["a", "c"], "Y": ["b"]}

# %% style json_text
# A JSON text.
# %% solution
import json
def to_json(record):
    return json.dumps(record, sort_keys=True)
# %% right: with indents
import json
def to_json(record):
    return json.dumps(record, indent=2)
# %% wrong: repr
def to_json(record):
    return str(record)
# %% test
import json
assert json.loads(to_json({"a": [1, None], "b": "x"})) == {"a": [1, None], "b": "x"}

# %% style csv_file
# A CSV file of the test is read.
# %% solution
import csv
def read_table(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))
# %% right: by split
def read_table(path):
    with open(path) as file:
        head, *rows = [line.rstrip("\n").split(",") for line in file]
    return [dict(zip(head, row)) for row in rows]
# %% wrong: with the head
import csv
def read_table(path):
    with open(path, newline="") as file:
        return list(csv.reader(file))
# %% test
from pathlib import Path
Path("values_table.csv").write_text("name,age\nada,36\nbob,20\n")
rows_read = read_table("values_table.csv")
assert [row["age"] for row in rows_read] == ["36", "20"]

# %% style binary_file
# A file of bytes.
# %% solution
def invert_file(source, target):
    with open(source, "rb") as file:
        data = file.read()
    with open(target, "wb") as file:
        file.write(bytes(255 - byte for byte in data))
# %% right: pathlib
from pathlib import Path
def invert_file(source, target):
    data = Path(source).read_bytes()
    Path(target).write_bytes(bytes(b ^ 255 for b in data))
# %% wrong: copied
from pathlib import Path
def invert_file(source, target):
    Path(target).write_bytes(Path(source).read_bytes())
# %% test
from pathlib import Path
Path("values_in.bin").write_bytes(b"\x00\x01\xff")
invert_file("values_in.bin", "values_out.bin")
assert Path("values_out.bin").read_bytes() == b"\xff\xfe\x00"

# %% style sqlite_database
# A database in memory is passed.
# %% solution
def oldest_person(connection):
    query = "SELECT name FROM people ORDER BY age DESC LIMIT 1"
    return connection.execute(query).fetchone()[0]
# %% right: max
def oldest_person(connection):
    query = "SELECT name FROM people WHERE age = (SELECT MAX(age) FROM people)"
    return next(iter(connection.execute(query)))[0]
# %% wrong: the youngest
def oldest_person(connection):
    query = "SELECT name FROM people ORDER BY age LIMIT 1"
    return connection.execute(query).fetchone()[0]
# %% test
import sqlite3
database = sqlite3.connect(":memory:")
database.execute("CREATE TABLE people (name TEXT, age INTEGER)")
database.executemany("INSERT INTO people VALUES (?, ?)", [("ada", 36), ("bob", 70)])
assert oldest_person(database) == "bob"
database.close()

# %% style sql_text
# The answer is a query, which the test runs.
# %% solution
tall_query = "SELECT name FROM trees WHERE height > 10 ORDER BY name"
# %% right: other words
tall_query = """
SELECT t.name FROM trees AS t
WHERE NOT t.height <= 10 ORDER BY 1
"""
# %% wrong: at least
tall_query = "SELECT name FROM trees WHERE height >= 10 ORDER BY name"
# %% test
import sqlite3
forest = sqlite3.connect(":memory:")
forest.execute("CREATE TABLE trees (name TEXT, height REAL)")
forest.executemany("INSERT INTO trees VALUES (?, ?)", [("oak", 20), ("fir", 15), ("box", 10)])
assert forest.execute(tall_query).fetchall() == [("fir",), ("oak",)]
forest.close()

# %% style lambda_value
# A dict of functions.
# %% solution
operations = {"+": lambda a, b: a + b, "-": lambda a, b: a - b}
# %% right: operator
import operator
operations = {"+": operator.add, "-": operator.sub}
# %% wrong: the same twice
import operator
operations = {"+": operator.add, "-": operator.add}
# %% test
assert set(operations) == {"+", "-"}
assert operations["+"](2, 3) == 5 and operations["-"](2, 3) == -1

# %% style list_of_functions
# Late binding in a loop.
# %% solution
multipliers = [lambda x, n=n: n * x for n in range(3)]
# %% right: partial
from functools import partial
from operator import mul
multipliers = [partial(mul, n) for n in range(3)]
# %% wrong: late binding
multipliers = [lambda x: n * x for n in range(3)]
# %% test
assert [multiply(5) for multiply in multipliers] == [0, 5, 10]

# %% style set_operations
# Sets.
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
# A recursive function over nested lists.
# %% solution
def flatten(items):
    result = []
    for item in items:
        result += flatten(item) if isinstance(item, list) else [item]
    return result
# %% right: a stack
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
# The test asks whether a name was defined.
# %% solution
values_answer = "C"
# %% right: in small letters, converted
values_answer = "c".upper()
# %% wrong: another letter
values_answer = "B"
# %% wrong: another name
values_other = "C"
# %% test
assert "values_answer" in globals(), "answer the question"
assert values_answer == "C"

# %% style number_of_arguments
# Wrong numbers of arguments.
# %% solution
def exactly_two(a, b):
    return [a, b]
# %% right: by a list
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
# One of several right values.
# %% solution
even_prime_or_nine = 2
# %% right: the other
even_prime_or_nine = 9
# %% wrong: neither
even_prime_or_nine = 4
# %% test
assert even_prime_or_nine in (2, 9)

# %% style text_picture
# A picture made of text.
# %% solution
def triangle(n):
    return "\n".join("*" * k for k in range(1, n + 1))
# %% right: a loop
def triangle(n):
    lines = []
    for k in range(n):
        lines.append("*" * (k + 1))
    return "\n".join(lines)
# %% wrong: a line end too many
def triangle(n):
    return "".join("*" * k + "\n" for k in range(1, n + 1))
# %% test
assert triangle(3) == "*\n**\n***"

# %% style names_of_other_cells
# An answer that uses names of the cells before.
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

# %% style printed_by_answer_cell
# The answer's cell itself raises an error; the test asks for what it had defined.
# %% solution
values_steps = [1, 2]
# %% right: prints, too
values_steps = [1, 2]
print(values_steps)
# %% right: raises afterwards
values_steps = [1, 2]
raise RuntimeError("not part of the answer")
# %% wrong: raises before
raise RuntimeError("too early")
values_steps = [1, 2]
# %% test
assert values_steps == [1, 2]
