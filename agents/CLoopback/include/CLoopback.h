// Has nothing to call: see CLoopback.c.
