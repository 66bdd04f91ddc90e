"""Build jails and start kernels in them."""
