# Containers, slices and strings of the student's objects.

# %% style container_protocol
# The test uses len, in, [] and iteration.
# %% solution
class Team:
    def __init__(self, *names):
        self._names = list(names)
    def __len__(self):
        return len(self._names)
    def __getitem__(self, place):
        return self._names[place]
    def __contains__(self, name):
        return name in self._names
# %% right: with __iter__
class Team:
    def __init__(self, *names):
        self._names = names
    def __len__(self):
        return len(self._names)
    def __getitem__(self, place):
        return self._names[place]
    def __iter__(self):
        return iter(self._names)
# %% wrong: off by one
class Team:
    def __init__(self, *names):
        self._names = list(names)
    def __len__(self):
        return len(self._names)
    def __getitem__(self, place):
        return self._names[place - 1]
# %% test
team = Team("ada", "bob")
assert len(team) == 2 and team[0] == "ada"
assert "bob" in team and "cyn" not in team
assert list(team) == ["ada", "bob"]

# %% style item_assignment
# The test assigns and deletes items.
# %% solution
class Shelf:
    def __init__(self):
        self._books = {}
    def __setitem__(self, place, book):
        self._books[place] = book
    def __getitem__(self, place):
        return self._books[place]
    def __delitem__(self, place):
        del self._books[place]
# %% right: a dict
class Shelf(dict):
    pass
# %% wrong: nothing is deleted
class Shelf:
    def __init__(self):
        self._books = {}
    def __setitem__(self, place, book):
        self._books[place] = book
    def __getitem__(self, place):
        return self._books[place]
    def __delitem__(self, place):
        pass
# %% test
shelf = Shelf()
shelf["top"] = "Emma"
assert shelf["top"] == "Emma"
del shelf["top"]
try:
    shelf["top"]
except KeyError:
    pass
else:
    raise AssertionError("deleted items must be gone")

# %% style slicing
# A slice of the object must be an object of the same class.
# %% solution
class Track:
    def __init__(self, points):
        self.points = list(points)
    def __getitem__(self, key):
        if isinstance(key, slice):
            return Track(self.points[key])
        return self.points[key]
# %% right: with type(self)
class Track:
    def __init__(self, points):
        self.points = [*points]
    def __getitem__(self, key):
        got = self.points[key]
        return type(self)(got) if type(key) is slice else got
# %% wrong: a list
class Track:
    def __init__(self, points):
        self.points = list(points)
    def __getitem__(self, key):
        return self.points[key]
# %% test
track = Track([1, 2, 3, 4])
assert track[0] == 1
assert isinstance(track[1:3], Track) and track[1:3].points == [2, 3]

# %% style repr_and_str
# The test compares repr and str of an object.
# %% solution
class Celsius:
    def __init__(self, degrees):
        self.degrees = degrees
    def __repr__(self):
        return f"Celsius({self.degrees})"
    def __str__(self):
        return f"{self.degrees} °C"
# %% right: with format
class Celsius:
    def __init__(self, degrees):
        self.degrees = degrees
    def __repr__(self):
        return "Celsius({})".format(self.degrees)
    def __str__(self):
        return "{} °C".format(self.degrees)
# %% wrong: no repr
class Celsius:
    def __init__(self, degrees):
        self.degrees = degrees
    def __str__(self):
        return f"{self.degrees} °C"
# %% test
assert repr(Celsius(3)) == "Celsius(3)"
assert str(Celsius(3)) == "3 °C"
assert f"{Celsius(1)}" == "1 °C"
