"""How is a built site served on this machine, as a real host and a real link would?"""
