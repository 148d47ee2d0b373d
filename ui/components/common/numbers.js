// The numbers of a pair of words in words; wording.py says the same of the selected one.

const AGREEMENT = ["Neither direction agrees", "Only backward agrees", "Only forward agrees", "Both directions agree"];

const SAID = { none: "no link", sure: "link", possible: "possible link" };

// link: see linkAt. numbers: similarity in thousandths, forward and backward probability in percent; or null.
function cellLines(view, best, link, gold, numbers) {
  const [source, target] = [view.source.words, view.target.words];
  const { source: i, target: j } = link;
  const lines = [
    `${named(source, i)} and ${named(target, j)}: ${linkedBy(view.names, link)}${gold ? `; ${gold} gold link` : ""}.`,
  ];
  if (link.changed) lines.push(changedText(link));
  if (!numbers) return lines;
  const [similarity, forward, backward] = numbers;
  const row = rival(best.source[i], j);
  const column = rival(best.target[j], i);
  const rivals = [row, column].filter(Boolean).map((each) => each.similarity);
  const margin = similarity - Math.max(...rivals);
  const says = rivals.length ? `, margin ${margin < 0 ? "-" : "+"}${(Math.abs(margin) / 1000).toFixed(3)}` : "";
  const agrees = (row?.ahead ? 0 : 2) + (column?.ahead ? 0 : 1);
  lines.push(
    `Similarity ${(similarity / 1000).toFixed(3)}${says}; forward probability ${share(forward)}, backward ${share(backward)}.`,
    `Row: ${rivalText(target, row)}. Column: ${rivalText(source, column)}. ${AGREEMENT[agrees]}.`,
    `Undecided: ${source[i].quoted} ${share(source[i].undecided)} of 1, ${target[j].quoted} ${share(target[j].undecided)} of 1.`,
  );
  return lines;
}

function wordLines(words, i, others, partners) {
  const { label, undecided } = words[i];
  const lines = [`${named(words, i)}${label ? `: ${label}` : ""}`];
  if (undecided !== null) lines.push(`Undecided ${share(undecided)} of 1`);
  lines.push(partners.length ? `Linked with ${partners.map((j) => named(others, j)).join(", ")}` : "Not linked");
  return lines;
}

function changedText({ found }) {
  return `Changed by hand; the aligner says: ${SAID[found]}.`;
}

function linkedBy(names, { who, sure }) {
  if (!who) return "not linked";
  const linked = sure ? "linked" : "linked as possible";
  if (!names.length) return linked;
  return `${linked} by ${{ both: names.join(" and "), first: `${names[0]} only`, second: `${names[1]} only` }[who]}`;
}

function rival(two, besides) {
  const place = two.findIndex(([word]) => word !== besides);
  return place < 0 ? null : { word: two[place][0], similarity: two[place][1], ahead: place === 0 };
}

function rivalText(words, found) {
  if (!found) return "no other word";
  return `${found.ahead ? "best" : "runner-up"} ${named(words, found.word)} ${(found.similarity / 1000).toFixed(3)}`;
}

function named(words, i) {
  return `${words[i].quoted} (${i})`;
}

function share(percent) {
  return (percent / 100).toFixed(2);
}
