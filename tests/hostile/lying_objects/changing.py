# Attributes that are another value each time they are read, lengths without end.
# score: 7 = double + shift + table
# %% tally
class Tally:
    turn = 0
    def add(self, number):
        self.number = number
    @property
    def total(self):
        Tally.turn += 1
        return Tally.turn
    def __len__(self):
        return 2 ** 62
    def __iter__(self):
        while True:
            yield 3
            yield 31
