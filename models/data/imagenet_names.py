"""The everyday word for each of the 1,000 ImageNet labels.

An ImageNet classifier knows 118 breeds of dog and 17 kinds of snake; a person who looks at a photo says 'dog' and
'snake'. `NAME_OF_LINE` maps the number of a line of imagenet_labels.txt (1 to 1000) to one of our object names. Lines
that nobody would name, or that would have to share a word with something quite different, are missing.
"""

import re

# A name and the lines it stands for: 'dog 152-269 274-276'.
_LINES_BY_TOPIC = {
    "animals": """
        fish 1-2 6-7 390-398, shark 3-5, ostrich 10, bird 11-22 24 81-84 86-87 92-97 128-130 132-145 147, eagle 23,
        owl 25, lizard 26-29 39-49, frog 31-33, turtle 34-38, crocodile 50-51, dinosaur 52, snake 53-69,
        spider 71 73-78, insect 80 301-309 311-321, peacock 85, parrot 88-91, duck 98-99, goose 100, swan 101,
        elephant 102 386-387, kangaroo 105, koala 106, jellyfish 108, seashell 113, snail 114-115, crab 119-122 126,
        lobster 123-125, flamingo 131, penguin 146, whale 148-149, seal 151, dog 152-269 274-276, wolf 270-273,
        fox 278-281, cat 282-286, leopard 289-291, lion 292, tiger 293, cheetah 294, bear 295-296 298, polar bear 297,
        bee 310, butterfly 322-327, starfish 328, rabbit 331-333, hamster 334 339, hedgehog 335, squirrel 336,
        horse 340, zebra 341, pig 342-344, hippo 345, cow 346, buffalo 347-348, sheep 349-350, goat 351, camel 355,
        llama 356, gorilla 367, monkey 366 368-385, panda 388-389, chicken 8-9,
        deer 352-354
    """,
    "people and what they wear": """
        player 982, man 983, diver 984, robe 400-401 502 615 888, apron 412, cap 434 794, hat 440 453 516 668 809,
        bib 444, swimsuit 446 639-640, tie 452 458 907, armor 462 491 525, vest 466, sweater 475 842, shoe 503 631 771,
        boot 515, helmet 519 561 716, diaper 530, scarf 553 825, coat 569 618 736 870, dress 579 602, jeans 609,
        shirt 611, mask 571 644 692 797, uniform 653, skirt 656 690 776, glove 659, necklace 680, pajamas 698,
        sandal 775, sock 497 807, suit 835, glasses 837-838, shorts 843, belt 465 786, hair 904
    """,
    "vehicles and the road": """
        ship 404 511 629 725 914, airplane 405 896, ambulance 408, car 437 512 574 628 662 752 818,
        bicycle 445 672 871 881, sled 451 538, train 467 548 821, taxi 469, canoe 473, wheel 480,
        sailboat 485 781 872 915, crane 518, boat 555 577 626 815, fire truck 556, forklift 562, train car 566 706,
        gas pump 572, golf cart 576, carriage 604, jeep 610, van 655 657 735 758, rocket 658 745 813, motorcycle 666,
        scooter 671, truck 570 676 718 804 865 868, cart 613 691, parachute 702, parking meter 705, snowmobile 803,
        tram 830, submarine 834, tank 848, tractor 596 857 867, bus 780 875, wing 909, street sign 920,
        traffic light 921
    """,
    "music and sport": """
        accordion 402, guitar 403 421 547, dumbbell 423 544, baseball 430, basketball 431, trumpet 514 567 876,
        ball 523 575 723 769 891, drum 542 823, flute 559 700, piano 580 688 882, harp 595, paddle 694, pool table 737,
        tennis racket 753, fishing rod 759, saxophone 777, skis 796, soccer ball 806, swing 844, tennis ball 853,
        violin 487 890
    """,
    "buildings and places": """
        store 416 455 468 510 583 789 861 866, fence 422 490 717 913, barn 426, lighthouse 438, tower 443 901,
        birdhouse 449, house 450 661, carousel 477, castle 484 699, church 498, dock 537 719, dome 539, pole 558 734,
        fountain 563, greenhouse 581, library 625, monument 650 683, building 664 728 744, mosque 669, tent 673 916,
        satellite dish 756 808, restaurant 763, scoreboard 782, door 790 800, stage 820, bridge 822 840 889, wall 826,
        temple 833, roof 854 859, arch 874, gate 878, ceiling 885, window 905, mountain 971 973 980, water 976,
        shore 977, beach 978-979, volcano 981, field 985, porch 707, statue 864
    """,
    "furniture and household": """
        clock 410 531 893, trash can 413, backpack 415, balloon 406 418, chair 424 560 766 858, barrel 428 757,
        wheelbarrow 429, crib 432 517 521, towel 435 534 701, bathtub 436 877,
        bottle 441 586 632 712 721 738 839 899 908, glass 442, bookshelf 454, lid 456, broom 463, bucket 464,
        pot 470 506 522 545 739, candle 471, mirror 476, box 479, dresser 494, bell 495, cabinet 496 554 649 895,
        knife 500 624, cup 505 648 969, crate 520, desk 527, table 533, dishwasher 535, rug 540 742, fan 546,
        coffee maker 551, fireplace 557, bed 565, pan 568 910, wine glass 573, basket 589 791, hair drier 590, hook 601,
        iron 607, puzzle 612 919, lamp 620 847, bag 637 729, microwave 652, can 654, bowl 660 810, net 670,
        lock 508 696, bench 704, dish 713, pillow 722, jug 726 900 902, plunger 732, handbag 749, blanket 751,
        heater 754 812, refrigerator 761, safe 772, salt shaker 774, scale 779, shopping cart 792, curtain 795 855,
        soap dispenser 805, spatula 814, stove 828, couch 832, mop 841, light switch 845, teapot 850, teddy bear 851,
        toaster 860, toilet 862, tray 869, umbrella 880, vacuum 883, vase 884, wallet 894, sink 897,
        washing machine 898, blinds 906, spoon 619 911, plate 924, toilet paper 1000, napkin 592,
        toy 724, sign 459, rope 617
    """,
    "tools, devices, small things": """
        gun 414 764-765, pen 419 564, bandage 420, binoculars 448, cannon 472, toolbox 478, atm 481, cell phone 488,
        chain 489, chainsaw 492, keyboard 509 811, crutch 524, computer 528, telephone 529 708, watch 532 827,
        envelope 550, hammer 588, axe 597, laptop 621 682, lawn mower 622, lighter 627, lipstick 630, speaker 633,
        magnifying glass 634, compass 636, mailbox 638, manhole cover 641, match 645, microphone 651, router 663,
        monitor 665, mouse 674, paintbrush 697, printer 714 743, camera 733 760, drill 741, projector 746,
        feather 750, radio 483 486 755 849, remote 762, eraser 768, ruler 770 799, sword 778, screen 783,
        screwdriver 785, sewing machine 787, shield 788, shovel 793, spider web 816, light 819, stethoscope 824,
        syringe 846, tv 852, torch 863, tripod 873, typewriter 879, vending machine 887, yarn 912, book 447 918 922,
        menu 923
    """,
    "food and plants": """
        pumpkin 608, soup 926-927, dessert 928, ice cream 929-930, bread 931, bagel 932, pretzel 933, burger 934,
        hot dog 935, cabbage 937, broccoli 938, cauliflower 939, zucchini 940, squash 941-943, cucumber 944,
        artichoke 945, pepper 946, mushroom 948 992-998, apple 949, strawberry 950, orange 951, lemon 952,
        pineapple 954, banana 955, pomegranate 958, hay 959, pasta 960, chocolate 961, meat 963, pizza 964, pie 965,
        burrito 966, wine 967, coffee 968, bubble 972, flower 986-987, corn 988 999, acorn 989, sauce 925,
        potato 936, nut 991
    """,
}


def _numbers(ranges: str) -> list[int]:
    """'1-3 7' -> [1, 2, 3, 7]"""
    bounds = [part.partition("-") for part in ranges.split()]
    return [number for first, _, last in bounds for number in range(int(first), int(last or first) + 1)]


def _read_topic(text: str) -> dict[str, tuple[int, ...]]:
    entries = (re.fullmatch(r"(\D+) ([\d -]+)", " ".join(entry.split())) for entry in text.split(","))
    return {entry[1]: tuple(_numbers(entry[2])) for entry in entries if entry}


IMAGENET_LINES: dict[str, tuple[int, ...]] = {
    name: lines for text in _LINES_BY_TOPIC.values() for name, lines in _read_topic(text).items()
}
NAME_OF_LINE: dict[int, str] = {line: name for name, lines in IMAGENET_LINES.items() for line in lines}
