module.exports = { setAnswer };

/**
 * Sets answers[page][question] = answer, where the page may have no answers yet, and returns answers.
 */
function setAnswer(answers, page, question, answer) {
  if (page === "__proto__") throw new RangeError("no such page");
  if (!Object.hasOwn(answers, page)) answers[page] = Object.create(null);
  answers[page][question] = answer;
  return answers;
}
