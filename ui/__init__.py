"""Everything that imports streamlit, apart from app.py and pages/."""
