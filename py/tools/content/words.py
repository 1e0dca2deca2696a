"""What the tools write into pages, in the languages of the site: the English text is the key."""

import re
from collections.abc import Mapping
from pathlib import Path

from tools.base import places
from tools.base.errors import ToolError

_GERMAN = {
    # The stations.
    "Drag a line between dogs and all the rest.": "Zieh eine Linie zwischen die Hunde und alle anderen.",
    "build a neuron from weights and a bias, and read its line": "ein Neuron aus Gewichten und einem Bias bauen und "
    "seine Linie lesen",
    "train a perceptron, mistake by mistake": "ein Perzeptron trainieren, Fehler für Fehler",
    "say what one line cannot do, and how two can": "sagen, was eine Linie nicht kann und wie zwei es schaffen",
    "Push one score up and see what the others do.": "Schieb einen Score hoch und sieh, was die anderen tun.",
    "turn any scores into probabilities, by hand and in NumPy": "beliebige Scores in Wahrscheinlichkeiten umrechnen, "
    "von Hand und mit NumPy",
    "say why only differences count, and what temperature does": "sagen, warum nur Unterschiede zählen und was die "
    "Temperatur bewirkt",
    "keep an exponential from overflowing": "verhindern, dass eine Exponentialfunktion überläuft",
    "{loss} nats": "{loss} Nat",
    "Give being wrong a price.": "Gib dem Irrtum einen Preis.",
    "put a number on how wrong a guess is, in nats": "in Nat angeben, wie falsch eine Vermutung ist",
    "say why sure and wrong costs most": "sagen, warum es am meisten kostet, sicher zu sein und falschzuliegen",
    "compute a loss from the scores without losing a digit": "einen Verlust aus den Scores berechnen, ohne eine "
    "Stelle zu verlieren",
    "Send an error back through the network, edge by edge.": "Schick einen Fehler zurück durchs Netz, Kante für Kante.",
    "follow a slope back to every weight, and check it by nudging": "eine Steigung bis zu jedem Gewicht "
    "zurückverfolgen und durch Anstupsen prüfen",
    "take a training step, and choose how long it is": "einen Trainingsschritt machen und wählen, wie lang er ist",
    "tell training from testing": "Trainieren und Testen auseinanderhalten",
    "Watch a network find four quadrants by itself.": "Sieh zu, wie ein Netz von selbst vier Quadranten findet.",
    "write the loop: forward, backward, update": "die Schleife schreiben: vorwärts, rückwärts, anpassen",
    "read a pair of loss curves": "zwei Verlustkurven nebeneinander lesen",
    "tell a learning rate that crawls from one that jumps": "eine Lernrate, die kriecht, von einer unterscheiden, die "
    "springt",
    "Set your network on a stream, and fill an album.": "Setz dein Netz auf einen Strom an und füll ein Album.",
    "train a network on pictures, and test it on what it has not seen": "ein Netz mit Bildern trainieren und mit dem "
    "testen, was es noch nicht gesehen hat",
    "set a threshold, and say what it costs": "eine Schwelle setzen und sagen, was sie kostet",
    "say what a probability does not promise": "sagen, was eine Wahrscheinlichkeit nicht verspricht",
    "Station {number} · about {minutes} minutes": "Station {number} · etwa {minutes} Minuten",
    "Next · about {minutes} minutes": "Als Nächstes · etwa {minutes} Minuten",
    "And then": "Und dann",
    "You have trained your dog.": "Dein Hund ist trainiert.",
    "Go on to the networks you have heard of.": "Weiter zu den Netzen, von denen man spricht.",
    "The end of this chapter": "Das Ende dieses Kapitels",
    "Now you can": "Jetzt kannst du",
    "A dog that sits": "Ein Hund, der sitzt",
    # The belt.
    "dog": "Hund",
    "dogs": "Hunde",
    "cat": "Katze",
    "cats": "Katzen",
    "bird": "Vogel",
    "birds": "Vögel",
    "toaster": "Toaster",
    "toasters": "Toaster",
    "No dog": "Kein Hund",
    "{dogs} kept, {missed} missed, {others} let in.": "{dogs} behalten, {missed} verpasst, {others} eingelassen.",
    "none": "keiner",
    "nothing else": "nichts anderes",
    "and": "und",
    "Pictures, and how sure a network is that each is a dog": "Bilder, und wie sicher sich ein Netz ist, dass jedes "
    "einen Hund zeigt",
    "Keep it if it is more than this sure": "Behalten, was sicherer ist als",
    "Your album": "Dein Album",
    # What is printed.
    "as a PDF": "als PDF",
    "as PDFs": "als PDF",
    "answers": "Lösungen",
    "Worksheet": "Arbeitsblatt",
    "Answers": "Lösungen",
    "Name": "Name",
    "Date": "Datum",
    "Goals": "Ziele",
    "Predict first, then look": "Erst vorhersagen, dann nachsehen",
    "Try it, and note what comes out": "Probiere es aus und notiere, was herauskommt",
    "Exercises": "Aufgaben",
    "The page": "Die Seite",
    "Tick all that are right.": "Kreuze alles an, was stimmt.",
    "Draw it, then look.": "Zeichne erst, sieh dann nach.",
    "Set {name} to": "Setze {name} auf",
    "What comes out": "Was herauskommt",
    "What do you notice?": "Was fällt dir auf?",
    "One solution": "Eine Lösung",
    "The worksheet without answers": "Das Arbeitsblatt ohne Lösungen",
    # The stream.
    "The stream": "Der Strom",
    "Pictures that come past first": "Die ersten Bilder, die vorbeikommen",
    "The first pictures of the stream, seen by a network that has learned nothing yet. Its weights are random: it "
    "names {right} of {count} correctly.": "Die ersten Bilder des Stroms, gesehen von einem Netz, das noch nichts "
    "gelernt hat. Seine Gewichte sind gewürfelt: Es benennt {right} von {count} richtig.",
    "when this page was built": "als diese Seite gebaut wurde",
    "Loss in nats": "Verlust in Nat",
    "Accuracy": "Trefferquote",
    "epoch": "Epoche",
    "training": "Training",
    "test": "Test",
}
_TABLES: Mapping[str, Mapping[str, str]] = {"de": _GERMAN}
_LANGUAGE = re.compile(r"<html\b[^>]*?\blang=\"?(\w+)")


def language_of(html: str) -> str:
    """Of a built page.

    >>> language_of('<!doctype html><html lang="de" class="js">'), language_of("<p>")
    ('de', 'en')
    """
    found = _LANGUAGE.search(html)
    return found[1] if found else "en"


def included(name: str, language: str) -> Path:
    """Where a file is written that a page of a language takes in; see _INCLUDE in py/cells/build/translation.py."""
    return places.BUILD / "home" / ("" if language == "en" else language) / name


def say(text: str, language: str, **values: object) -> str:
    """Give a text in a language, with the values that it names in braces.

    Raises
    ------
    ToolError
        If the language has no words for it.
    """
    if language != "en":
        table = _TABLES.get(language, {})
        if text not in table:
            raise ToolError(f"py/tools/content/words.py: expected words of {language!r} for {text!r}, found none")
        text = table[text]
    return text.format(**values)
