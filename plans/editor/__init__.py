"""What stands behind the editor's one page.

state.state_of(plan)            everything that the page shows, as plain values
acts.read_acts(data)            what the page sends: one act for one thing done
saving.save(plan, acts, …)      acts through the services, each answered for itself
drafts.draft_of(stored, state)  the page as it stands, saved or not, for the printed preview
"""
