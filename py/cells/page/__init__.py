"""What runs a page, in both hosts.

All that stands here is sent to the browser, so it imports the standard library alone.
"""
