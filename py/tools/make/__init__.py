"""What does each command of the Makefile do?"""
