# %% takes_the_first_in_the_dictionary
def most_frequent(counts):
    return max(counts, key=counts.get)


# %% ignores_the_counts
def most_frequent(counts):
    return min(counts)


# %% takes_the_last_of_equal_counts
def most_frequent(counts):
    return max(counts, key=lambda letter: (counts[letter], letter))


# %% takes_any_count_of_two_or_more [subtle]
def most_frequent(counts):
    return min(letter for letter in counts if counts[letter] >= 2)
