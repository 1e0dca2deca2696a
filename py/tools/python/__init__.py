"""How is Python made ready for the page?"""
