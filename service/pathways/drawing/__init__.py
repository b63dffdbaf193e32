"""The picture of a path, drawn like a metro map: stops → layers → lanes → layout → SVG.

Pure functions. The template ``pages/_components/map.html`` writes the SVG.
"""
