module.exports = { setAnswer };

/**
 * Sets answers[page][question] = answer, where the page may have no answers yet, and returns answers.
 */
function setAnswer(answers, page, question, answer) {
  if (!answers[page]) {
    answers[page] = {};
  }
  answers[page][question] = answer;
  return answers;
}
