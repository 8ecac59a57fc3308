// vulnerable: a[b]=c builds nested objects, also under __proto__
function parseQuery(text) {
  const result = {};
  for (const pair of text.split('&')) {
    const [name, value = ''] = pair.split('=').map(decodeURIComponent);
    const keys = name.split(/\[|\]/).filter(Boolean);
    let place = result;
    keys.forEach((key, i) => {
      if (i === keys.length - 1) place[key] = value;
      else place = place[key] = place[key] || {};
    });
  }
  return result;
}

exports.parseQuery = parseQuery;
