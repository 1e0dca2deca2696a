"""What on the pages do programs write, rather than people?"""
