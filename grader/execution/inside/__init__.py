"""What runs inside a jail, beside student code."""
