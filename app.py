"""The router of the app; the pages are in pages/, what they share in ui/."""

from ui.frame import route

route()
