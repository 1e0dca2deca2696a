"""How does something from outside come onto this machine, verified?"""
