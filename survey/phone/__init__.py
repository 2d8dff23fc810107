"""The phone: small HTML pages for the audience, the sign-in, and the guard that stands before every page."""
