"""nbgrader's courses → sources as ours: configuration, markers, autotests."""
