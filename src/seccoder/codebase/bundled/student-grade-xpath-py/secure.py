from xml.etree.ElementTree import Element


def grades_of(register: Element, student_id: str, course: str) -> list[str]:
    """Return the student's own grades in a course."""
    course = course.strip()
    grades = []
    for student in register.findall("./student"):
        # ElementTree's XPath has no variables, so typed text stays out of the path and is compared as a value.
        if student.get("id") == student_id:
            grades += [grade.text or "" for grade in student.findall("grade") if grade.get("course") == course]
    return grades
