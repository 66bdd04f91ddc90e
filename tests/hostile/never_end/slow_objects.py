# Every look at its object takes nearly as long as it may.
# score: 7 = double + shift + table
# %% tally
import time

class Tally:
    def __init__(self):
        time.sleep(1.5)
    def add(self, number):
        time.sleep(1.5)
    @property
    def total(self):
        time.sleep(1.5)
        return 3
    def __len__(self):
        time.sleep(1.5)
        return 2
