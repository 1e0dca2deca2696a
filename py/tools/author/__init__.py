"""What does a site, an author's own or this one, need beside its pages?"""
