"""Pure builders of what is drawn: plotly figures and the data of the app's components."""
