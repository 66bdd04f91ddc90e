# pandas: frames, series, indexes and groups, as arguments and as results.

# %% style frame_result
# The test compares a frame with pandas.testing.
# needs: pandas
# sample: yes
# %% given
import pandas as pd
sales = pd.DataFrame({"shop": ["a", "b", "a"], "sold": [3, 5, 4]})
# %% solution
def total_by_shop(frame):
    return frame.groupby("shop", as_index=False)["sold"].sum()
# %% right: with reset_index
def total_by_shop(frame):
    return frame.groupby("shop").sum().reset_index()
# %% wrong: means
def total_by_shop(frame):
    return frame.groupby("shop", as_index=False)["sold"].mean()
# %% wrong: the shop as the index
def total_by_shop(frame):
    return frame.groupby("shop")[["sold"]].sum()
# %% test
import pandas as pd
wanted = pd.DataFrame({"shop": ["a", "b"], "sold": [7, 5]})
pd.testing.assert_frame_equal(total_by_shop(sales), wanted)

# %% style frame_variable
# The answer is a frame in a variable.
# needs: pandas
# %% solution
import pandas as pd
pets = pd.DataFrame({"name": ["rex", "tom"], "legs": [4, 4]})
# %% right: from records
import pandas as pd
pets = pd.DataFrame([("rex", 4), ("tom", 4)], columns=["name", "legs"])
# %% wrong: the names as the index
import pandas as pd
pets = pd.DataFrame({"legs": [4, 4]}, index=["rex", "tom"])
# %% wrong: a dict
pets = {"name": ["rex", "tom"], "legs": [4, 4]}
# %% test
assert list(pets.columns) == ["name", "legs"]
assert pets.shape == (2, 2) and pets["legs"].sum() == 8
assert pets.loc[1, "name"] == "tom"

# %% style series_result
# The test compares the name, index and dtype of a series.
# needs: pandas
# %% solution
def bmi(frame):
    result = frame["kg"] / frame["m"] ** 2
    return result.rename("bmi")
# %% right: with div
import pandas as pd
def bmi(frame):
    return pd.Series(frame["kg"].div(frame["m"].pow(2)), name="bmi")
# %% wrong: no name
def bmi(frame):
    return frame["kg"] / frame["m"] ** 2
# %% test
import pandas as pd
people = pd.DataFrame({"kg": [80.0, 50.0], "m": [2.0, 1.0]}, index=["x", "y"])
pd.testing.assert_series_equal(bmi(people), pd.Series([20.0, 50.0], ["x", "y"], name="bmi"))

# %% style frame_argument_unchanged
# The function must not change its frame.
# needs: pandas
# %% solution
def with_ratio(frame):
    return frame.assign(ratio=frame["a"] / frame["b"])
# %% right: a copy
def with_ratio(frame):
    frame = frame.copy()
    frame["ratio"] = frame["a"] / frame["b"]
    return frame
# %% wrong: in place
def with_ratio(frame):
    frame["ratio"] = frame["a"] / frame["b"]
    return frame
# %% test
import pandas as pd
numbers = pd.DataFrame({"a": [1.0], "b": [2.0]})
assert with_ratio(numbers)["ratio"].tolist() == [0.5]
assert list(numbers.columns) == ["a", "b"]

# %% style frame_changed_in_place
# The function must change its frame.
# needs: pandas
# %% solution
def add_total(frame):
    frame["total"] = frame["a"] + frame["b"]
# %% right: with insert
def add_total(frame):
    frame.insert(len(frame.columns), "total", frame["a"] + frame["b"])
# %% wrong: a copy
def add_total(frame):
    frame = frame.assign(total=frame["a"] + frame["b"])
# %% test
import pandas as pd
sums = pd.DataFrame({"a": [1], "b": [2]})
add_total(sums)
assert sums["total"].tolist() == [3]

# %% style missing_values
# The function fills missing values.
# needs: pandas
# %% solution
def filled(frame):
    return frame.fillna(frame.mean())
# %% right: column by column
def filled(frame):
    frame = frame.copy()
    for column in frame.columns:
        frame[column] = frame[column].fillna(frame[column].mean())
    return frame
# %% wrong: zeros
def filled(frame):
    return frame.fillna(0)
# %% test
import pandas as pd
holes = pd.DataFrame({"x": [1.0, None, 3.0]})
assert filled(holes)["x"].tolist() == [1, 2, 3]
assert not filled(holes).isna().any().any()
assert holes["x"].isna().sum() == 1

# %% style datetime_index
# The function takes a series with dates as its index.
# needs: pandas
# %% solution
def monthly(series):
    return series.groupby(series.index.to_period("M")).sum()
# %% right: with agg
def monthly(series):
    periods = series.index.to_period("M")
    return series.groupby(periods).agg("sum")
# %% wrong: means
def monthly(series):
    return series.groupby(series.index.to_period("M")).mean()
# %% test
import pandas as pd
days = pd.Series(1, index=pd.date_range("2024-01-30", periods=4))
assert monthly(days).tolist() == [2, 2]
assert str(monthly(days).index[0]) == "2024-01"

# %% style multi_index
# The result must have an index with two levels.
# needs: pandas
# %% solution
def counts_by(frame, first, second):
    return frame.groupby([first, second]).size()
# %% right: with value_counts
def counts_by(frame, first, second):
    return frame[[first, second]].value_counts().sort_index()
# %% wrong: one level
def counts_by(frame, first, second):
    return frame.groupby(first).size()
# %% test
import pandas as pd
shirts = pd.DataFrame({"size": ["S", "S", "M"], "color": ["r", "r", "b"]})
counted = counts_by(shirts, "size", "color")
assert counted[("S", "r")] == 2 and counted.index.nlevels == 2

# %% style categorical
# The result must be an ordered categorical series.
# needs: pandas
# %% solution
import pandas as pd
def as_levels(values):
    return pd.Series(pd.Categorical(values, ["low", "high"], ordered=True))
# %% right: with astype
import pandas as pd
def as_levels(values):
    return pd.Series(values).astype(pd.CategoricalDtype(["low", "high"], ordered=True))
# %% wrong: not ordered
import pandas as pd
def as_levels(values):
    return pd.Series(values, dtype="category")
# %% test
levels = as_levels(["high", "low"])
assert levels.cat.ordered and list(levels.cat.categories) == ["low", "high"]
assert levels.min() == "low"

# %% style read_csv
# The function reads a file into a frame.
# needs: pandas
# %% solution
import pandas as pd
def load_table(path):
    return pd.read_csv(path, parse_dates=["day"])
# %% right: with to_datetime
import pandas as pd
def load_table(path):
    frame = pd.read_csv(path)
    frame["day"] = pd.to_datetime(frame["day"])
    return frame
# %% wrong: dates as strings
import pandas as pd
def load_table(path):
    return pd.read_csv(path)
# %% test
from pathlib import Path
Path("frames_days.csv").write_text("day,n\n2024-01-02,3\n2024-01-03,4\n")
loaded = load_table("frames_days.csv")
assert loaded["n"].sum() == 7
assert loaded["day"].dt.year.tolist() == [2024, 2024]

# %% style apply_function
# The test applies a function of the answer to a series.
# needs: pandas
# %% solution
def size_class(length):
    return "long" if length > 5 else "short"
# %% right: by index
def size_class(length):
    return ["short", "long"][int(length > 5)]
# %% wrong: >= for >
def size_class(length):
    return "long" if length >= 5 else "short"
# %% test
import pandas as pd
lengths = pd.Series([5, 6, 2])
assert lengths.apply(size_class).tolist() == ["short", "long", "short"]

# %% style merged_frames
# The function merges two frames.
# needs: pandas
# %% solution
def with_prices(orders, prices):
    return orders.merge(prices, on="item", how="left")
# %% right: with pd.merge
import pandas as pd
def with_prices(orders, prices):
    return pd.merge(orders, prices, how="left")
# %% wrong: an inner join
def with_prices(orders, prices):
    return orders.merge(prices, on="item")
# %% test
import pandas as pd
orders = pd.DataFrame({"item": ["tea", "rum"], "n": [2, 1]})
prices = pd.DataFrame({"item": ["tea"], "price": [1.5]})
merged = with_prices(orders, prices)
assert len(merged) == 2
assert merged["price"].isna().sum() == 1 and merged["price"][0] == 1.5

# %% style frame_equals
# The test compares frames by DataFrame.equals and by ==.
# needs: pandas
# %% solution
def normalised(frame):
    return frame / frame.sum()
# %% right: with div
def normalised(frame):
    return frame.div(frame.sum(axis=0), axis=1)
# %% wrong: by rows
def normalised(frame):
    return frame.div(frame.sum(axis=1), axis=0)
# %% test
import pandas as pd
amounts = pd.DataFrame({"x": [1.0, 3.0], "y": [2.0, 2.0]})
wanted = pd.DataFrame({"x": [0.25, 0.75], "y": [0.5, 0.5]})
assert normalised(amounts).equals(wanted)
assert (normalised(amounts) == wanted).all().all()

# %% style groupby_object
# The function returns a groupby object.
# needs: pandas
# %% solution
def by_team(frame):
    return frame.groupby("team")
# %% right: by a series
def by_team(frame):
    return frame.groupby(frame["team"])
# %% wrong: by points
def by_team(frame):
    return frame.groupby("points")
# %% test
import pandas as pd
games = pd.DataFrame({"team": ["a", "b", "a"], "points": [1, 2, 3]})
assert by_team(games).ngroups == 2
assert by_team(games)["points"].max()["a"] == 3
