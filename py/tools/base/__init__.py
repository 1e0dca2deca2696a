"""What does every tool stand on?"""
