# subtle
def same_padding(n, k, s):
    return 0, 0
