"""Grade a class: plan, run, record, on this machine or on a cluster."""
