# %% without_sum
# says: returned an array of shape (2, 2): one number is asked for
# wrong answer: not_added_up


# %% matrix_product
# says: `@` is the matrix product
# wrong answer: matrix_product


# %% matrix_product_left_as_matrix
# says: one number is asked for
def window_step(patch, kernel, bias):
    return patch @ kernel + bias


# %% prints_instead_of_returning
# says: returned None: `print` shows a value, `return` hands it over
def window_step(patch, kernel, bias):
    print(np.sum(patch * kernel) + bias)


# %% no_bias
# says: the bias is missing
# wrong answer: no_bias


# %% built_in_sum
# says: one number is asked for
def window_step(patch, kernel, bias):
    return sum(patch * kernel) + bias
