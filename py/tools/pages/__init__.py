"""What is made of scripts, styles and built pages before they are served?"""
