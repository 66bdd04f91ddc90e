# A list that never ends, given to a test that lists it.
# score: 7 = double + shift + table
# %% tally
class Tally:
    def __init__(self):
        self.seen = []
    def add(self, number):
        self.seen.append(number)
    @property
    def total(self):
        return sum(self.seen)
    def __len__(self):
        return 2
    def __iter__(self):
        number = 0
        while True:
            number += 1
            yield number
