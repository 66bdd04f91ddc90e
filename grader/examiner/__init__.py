"""The examiner: the trusted process that holds the hidden tests."""
