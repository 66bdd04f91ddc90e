"""What people read after grading: feedback pages, class report, exports."""
