from xml.etree.ElementTree import Element


def grades_of(register: Element, student_id: str, course: str) -> list[str]:
    """Return the student's own grades in a course."""
    course = course.strip()
    grades = register.findall(f"./student[@id='{student_id}']/grade[@course='{course}']")
    return [grade.text or "" for grade in grades]
