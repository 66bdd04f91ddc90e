# %% takes_the_first_that_it_meets
def most_frequent(counts):
    return max(counts, key=counts.get)


# %% looks_at_the_alphabet_only
def most_frequent(counts):
    return min(counts)


# %% takes_the_last_of_several
def most_frequent(counts):
    return max(counts, key=lambda letter: (counts[letter], letter))


# %% never_looks_beyond_two [subtle]
def most_frequent(counts):
    return min(letter for letter in counts if counts[letter] >= 2)
