"""The API's routes, by subject; each only translates between HTTP and ``requests``."""
