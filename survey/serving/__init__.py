"""One process, one port: the options in force, who may go where, the start and the stop."""
