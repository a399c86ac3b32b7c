"""Writes reference-metrics.json: answers with the values that scikit-learn gives them. Python 3 with scikit-learn and numpy:

    python3 reference-metrics.py > reference-metrics.json

scikit-learn has no cut average precision, so its value for the first k results is scaled from the relevant results found to the
min(k, relevant) that there could be; reciprocal rank is label ranking average precision with the first relevant result alone.
"""
import json
import numpy
import sklearn
from sklearn.metrics import average_precision_score, dcg_score, label_ranking_average_precision_score, ndcg_score, precision_score, recall_score

random = numpy.random.default_rng(20)
cases = []
for n in (1, 2, 5, 8, 13, 30, 60):
    for share in (0.1, 0.35, 0.8, 1.0):
        grades = numpy.where(random.random(n) < share, random.integers(1, 5, n), 0)
        if not grades.any():
            grades[random.integers(n)] = 1
        scores = numpy.arange(n, 0, -1, dtype=float)  # the answer is ranked already, without ties
        relevant = (grades > 0).astype(int)
        total = int(relevant.sum())

        def first(k):
            return (numpy.arange(n) < k).astype(int)

        def average_precision(k):
            found = int(relevant[:k].sum())
            return 0.0 if found == 0 else average_precision_score(relevant[:k], scores[:k]) * found / min(k, total)

        def graded(score, gains, k):
            # ndcg_score wants two documents at least; an irrelevant one at the end changes nothing.
            return float(score([list(gains) + [0]], [list(scores) + [0.0]], k=k, ignore_ties=True))

        first_relevant = numpy.zeros(n + 1, dtype=int)
        first_relevant[int(numpy.argmax(relevant))] = 1
        exponential = 2.0 ** grades - 1
        cases.append({
            "grades": grades.tolist(),
            "averagePrecision": float(average_precision_score(relevant, scores)),
            "reciprocalRank": float(label_ranking_average_precision_score([first_relevant], [list(scores) + [0.0]])),
            "rPrecision": float(precision_score(relevant, first(total))),
            "cuts": [{
                "k": k,
                "precision": float(precision_score(relevant, first(k))),
                "recall": float(recall_score(relevant, first(k))),
                "averagePrecision": float(average_precision(k)),
                "dcgLinear": graded(dcg_score, grades, k),
                "ndcgLinear": graded(ndcg_score, grades, k),
                "dcgExponential": graded(dcg_score, exponential, k),
                "ndcgExponential": graded(ndcg_score, exponential, k),
            } for k in (1, 3, 10) if k <= n],
        })
print('{"scikitLearn": "%s", "cases": [' % sklearn.__version__)
print(",\n".join(json.dumps(case) for case in cases))
print("]}")
